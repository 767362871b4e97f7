/** Where the runtime's parts are, and what the Worker is told. Paths are absolute. */
export interface BareConfig {
  readonly port: number;
  readonly compatibilityDate: string;
  /** The built Worker and the module with local D1 and KV, both relative to the configuration file. */
  readonly workerFile: string;
  readonly storageFile: string;
  readonly assetsFolder: string;
  /** Existing folders for Durable Object files of the Worker and of local storage. */
  readonly objectsFolder: string;
  readonly storageFolder: string;
  readonly text: Readonly<Record<string, string>>;
}

const q = (text: string): string => JSON.stringify(text);

const OBJECTS = [
  ['SESSIONS', 'Session'],
  ['REQUESTS', 'StoredRequest'],
  ['ATTEMPTS', 'Attempts'],
  ['REPLAY', 'ReplayGuard'],
] as const;

const namespaces = (classNames: readonly string[]): string =>
  classNames.map((name) => `( className = ${q(name)}, uniqueKey = ${q(name)}, enableSql = true )`).join(', ');

const object = (binding: string, className: string): string =>
  `( name = ${q(binding)}, durableObjectNamespace = ${q(className)} )`;

/** A workerd configuration that serves the Worker by itself: no proxy, no inspector, no tracing. */
export function bareConfig(config: BareConfig): string {
  const text = Object.entries(config.text).map(
    ([name, value]) => `( name = ${q(name)}, text = ${q(value)} )`,
  );
  const bindings = [
    ...OBJECTS.map(([binding, className]) => object(binding, className)),
    '( name = "DB", wrapped = ( moduleName = "cloudflare-internal:d1-api", innerBindings = [ ( name = "fetcher", service = "storage" ) ] ) )',
    '( name = "PUBLIC", kvNamespace = ( name = "storage", entrypoint = "pairs" ) )',
    '( name = "ASSETS", service = "assets" )',
    ...text,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = (
        modules = [ ( name = "worker.js", esModule = embed ${q(config.workerFile)} ) ],
        compatibilityDate = ${q(config.compatibilityDate)},
        durableObjectNamespaces = [ ${namespaces(OBJECTS.map(([, className]) => className))} ],
        durableObjectStorage = ( localDisk = "objects" ),
        bindings = [ ${bindings.join(',\n          ')} ] ) ),
    ( name = "storage", worker = (
        modules = [ ( name = "storage.js", esModule = embed ${q(config.storageFile)} ) ],
        compatibilityDate = ${q(config.compatibilityDate)},
        durableObjectNamespaces = [ ${namespaces(['LocalDatabase', 'LocalPairs'])} ],
        durableObjectStorage = ( localDisk = "stored" ),
        bindings = [ ${object('DATABASE', 'LocalDatabase')}, ${object('PAIRS', 'LocalPairs')} ] ) ),
    ( name = "objects", disk = ( path = ${q(config.objectsFolder)}, writable = true ) ),
    ( name = "stored", disk = ( path = ${q(config.storageFolder)}, writable = true ) ),
    ( name = "assets", disk = ( path = ${q(config.assetsFolder)} ) ) ],
  sockets = [ ( name = "http", address = "127.0.0.1:${config.port}", http = (), service = "main" ) ] );
`;
}
