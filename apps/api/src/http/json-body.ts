import { isUtf8 } from 'node:buffer';
import { deepestJson, isTooDeep } from './json-depth.js';
import { findForbidden, mayHoldForbidden } from './json-forbidden.js';
import { locateJsonFault } from './locate-json-fault.js';
import { badField } from './problem.js';

/** The largest body, in bytes. */
export const largestBody = 256 * 1024;

/**
 * Reads a request's body. What gets past here is JSON that Postgres can keep and that no copy
 * can turn against us; anything else is a 400 that names the place. An ordinary body costs one
 * scan of its bytes and one of its text beside the parser itself.
 *
 * Nothing at all is no body, as clients send it that give every request, a DELETE too, the type of
 * JSON; a route that needs one says so.
 */
export function readJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (isTooDeep(bytes)) throw badField('body', `nests deeper than ${deepestJson} levels`);
  const encoded = isUtf8(bytes);
  const text = bytes.toString('utf8');
  const value = parse(text);
  if (!encoded || mayHoldForbidden(text)) {
    const found = findForbidden(value, { replaced: !encoded });
    if (found) throw badField(found.path === '' ? 'body' : found.path, found.why);
    if (!encoded) throw badField('body', 'is not UTF-8');
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = locateJsonFault(text);
    throw badField('body', `is not JSON: line ${line}, column ${column}`);
  }
}
