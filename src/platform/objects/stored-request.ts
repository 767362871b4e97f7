import { DurableObject } from 'cloudflare:workers';
import { type EpochMs, HOUR } from '../../kernel/time.ts';
import type { StoredSignInRequest } from '../../signin/model.ts';
import { now as clock, toRealTime } from '../clock.ts';

/** CFG-3: an app's question waits this long, in whichever browser the person finishes. */
export const REQUEST_LIFETIME_MS = 24 * HOUR;

/** One app's question waiting for its answer. */
export class StoredRequest extends DurableObject<Env> {
  private readonly request = (): StoredSignInRequest | undefined => this.ctx.storage.kv.get<StoredSignInRequest>('request');

  /** Keeps the question; an object holds exactly one. */
  async store(request: StoredSignInRequest): Promise<void> {
    this.ctx.storage.kv.put('request', request);
    await this.ctx.storage.setAlarm(toRealTime(request.arrivedAt + REQUEST_LIFETIME_MS));
  }

  /** The question, or null when it was answered or has expired. */
  load(now: EpochMs): StoredSignInRequest | null {
    const request = this.request();
    return request !== undefined && now < request.arrivedAt + REQUEST_LIFETIME_MS ? request : null;
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
