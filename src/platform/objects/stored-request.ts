import { DurableObject } from 'cloudflare:workers';
import { type EpochMs, HOUR } from '../../kernel/time.ts';
import { now as clock, toRealTime } from '../clock.ts';

/** CFG-3: an app's question waits this long, in whichever browser the person finishes. */
export const REQUEST_LIFETIME_MS = 24 * HOUR;

/** A question as it rests: its arrival, and everything else sealed. */
export interface KeptRequest {
  readonly arrivedAt: EpochMs;
  readonly sealed: string;
}

/** One app's question waiting for its answer. */
export class StoredRequest extends DurableObject<Env> {
  private readonly request = (): KeptRequest | undefined => this.ctx.storage.kv.get<KeptRequest>('request');

  /** Keeps the question; an object holds exactly one. */
  async store(request: KeptRequest): Promise<void> {
    this.ctx.storage.kv.put('request', request);
    await this.ctx.storage.setAlarm(toRealTime(request.arrivedAt + REQUEST_LIFETIME_MS));
  }

  /** The question, or null when it was answered or has expired. */
  load(now: EpochMs): string | null {
    const request = this.request();
    return request !== undefined && now < request.arrivedAt + REQUEST_LIFETIME_MS ? request.sealed : null;
  }

  /** Forgets the question: it was answered. */
  async remove(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    const request = this.request();
    if (request === undefined) return;
    const end = request.arrivedAt + REQUEST_LIFETIME_MS;
    if (clock() >= end) await this.ctx.storage.deleteAll();
    else await this.ctx.storage.setAlarm(toRealTime(end));
  }
}
