/** Turns the addresses in a page's configuration into ones that start at the course's root. */

/** JSON as it stands in the page. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Keys that JupyterLite joins with baseUrl itself (its config-utils.js: UNPREFIXED_PATHS). */
const JOINED_LATER = new Set(['licensesUrl', 'themesUrl']);
/** Keys whose values are settings by plugin: addresses stand one level down. */
const BY_PLUGIN = new Set(['litePluginSettings', 'settingsOverrides']);

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resolveAddress(value: Json, root: string): Json {
  return typeof value === 'string' && value.startsWith('./') ? root + value.slice(2) : value;
}

/** `config` with every relative address under a key in `Url` or `Urls` starting at `root` (a path ending in /). */
export function resolveAddresses(config: JsonObject, root: string): JsonObject {
  const resolved: JsonObject = {};
  for (const [key, value] of Object.entries(config)) {
    if (BY_PLUGIN.has(key) && isObject(value)) {
      resolved[key] = resolvePlugins(value, root);
    } else if (key.endsWith('Urls') && Array.isArray(value)) {
      resolved[key] = value.map(item => resolveAddress(item, root));
    } else if (key.endsWith('Url') && !JOINED_LATER.has(key)) {
      resolved[key] = resolveAddress(value, root);
    } else {
      resolved[key] = value;
    }
  }
  return resolved;
}

function resolvePlugins(plugins: JsonObject, root: string): JsonObject {
  return Object.fromEntries(
    Object.entries(plugins).map(([id, settings]) => [
      id,
      isObject(settings) ? resolveAddresses(settings, root) : settings
    ])
  );
}

/** `config` with the hub that the page is connected to, if it is; what is no address of one counts for none. */
export function withHub(config: JsonObject, address: string | null): JsonObject {
  return address !== null && /^https?:\/\/[a-z0-9.:-]+\/(?:[A-Za-z0-9._~-]+\/)*$/.test(address)
    ? { ...config, passerelleHub: address }
    : config;
}

/** The page's address with the slash its relative links need, or null where it already has it. */
export function withTrailingSlash(path: string): string | null {
  return /(\/|\.html)$/.test(path) ? null : `${path}/`;
}
