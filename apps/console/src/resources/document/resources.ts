import {
  type ApiDocument,
  answerOf,
  bodyOf,
  type Method,
  methods,
  type Operation,
  type PlainSchema,
  plain,
} from './api-document.js';
import { type Field, fieldOf, fieldsOf } from './fields.js';

/** A kind of thing that the API has a list of, and what may be done with it. */
export interface Resource {
  /** Names it in addresses: `api-keys`. */
  key: string;
  /** What one of them is called by the API: `api_key`; the audit trail's name, and that of references. */
  one: string;
  list: List;
  /** The member of a row that names it in paths. */
  idMember: string;
  /** The parameter of the paths below. */
  idParameter: string;
  read: Call | undefined;
  create: Call | undefined;
  /** PATCH where the API has it, else PUT. */
  change: Call | undefined;
  remove: Call | undefined;
  /** What else may be done with one of them. */
  actions: Call[];
  /** What else may be done with the whole list. */
  listActions: Call[];
  /** What else is told of one of them. */
  details: Call[];
  /** Lists of what belongs to one of them. */
  children: List[];
}

/** An operation that may be asked for. */
export interface Call {
  operationId: string;
  summary: string;
  method: Method;
  path: string;
  /** What its body takes; none: it has no body. */
  fields: Field[];
  /** What it answers. */
  answer: Field[];
}

/** An operation that gives pages. */
export interface List extends Call {
  columns: Field[];
  filters: Field[];
  /** Members by which it may be ordered, each with `-` for the other way round. */
  orderings: string[];
  defaultOrdering: string | undefined;
  hasSearch: boolean;
}

/** Below it stands what people work with; the rest is for programs, probes and providers. */
const root = '/api/v1/notifications/';

/** Every resource of a document, in the document's order. */
export function resourcesOf(document: ApiDocument): Resource[] {
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    if (!path.startsWith(root) || path.includes('{') || !get) return [];
    const row = rowOf(document, get);
    return row ? [resourceAt(document, path, get, row)] : [];
  });
}

/** All operations that a resource leads to. */
export function operationsOf(resource: Resource): string[] {
  const { list, read, create, change, remove, actions, listActions, details, children } = resource;
  const single = [list, read, create, change, remove].filter((call) => call !== undefined);
  return [...single, ...actions, ...listActions, ...details, ...children].map(
    ({ operationId }) => operationId,
  );
}

function resourceAt(
  document: ApiDocument,
  path: string,
  listing: Operation,
  row: PlainSchema,
): Resource {
  const below = Object.keys(document.paths).filter((other) => other.startsWith(`${path}{`));
  const itemPath = below.find((other) => /^\{[^}]+\}\/$/.test(other.slice(path.length)));
  const idParameter = /^\{([^}]+)\}/.exec(below[0]?.slice(path.length) ?? '')?.[1] ?? 'id';
  const at = (method: Method, where = itemPath) => callAt(document, where, method);
  const read = at('get');
  const sub = below.filter((other) => /^\{[^}]+\}\/[^{]+$/.test(other.slice(path.length)));
  const gets = sub.flatMap((other) => callAt(document, other, 'get') ?? []);
  const lists = sub.flatMap((other) => listAt(document, other) ?? []);
  const isList = ({ path: one }: Call) => lists.some((list) => list.path === one);
  return {
    key: path.slice(root.length, -1).replaceAll('/', '-'),
    one: read ? snake(read.operationId.replace(/^get/, '')) : '',
    list: listOf(document, path, listing, row),
    idMember: row.properties?.[idParameter] ? idParameter : 'id',
    idParameter,
    read,
    create: at('post', path),
    change: at('patch') ?? at('put'),
    remove: at('delete'),
    actions: sub.flatMap((other) => writesAt(document, other)),
    listActions: actionsBeside(document, path),
    details: gets.filter((call) => !isList(call)),
    children: lists,
  };
}

/** POSTs beside the list, such as `dead-letters/replay/`, that are no list of their own. */
function actionsBeside(document: ApiDocument, path: string): Call[] {
  const beside = Object.keys(document.paths).filter(
    (other) => other.startsWith(path) && /^[^{}/]+\/$/.test(other.slice(path.length)),
  );
  return beside.flatMap((other) => callAt(document, other, 'post') ?? []);
}

function writesAt(document: ApiDocument, path: string): Call[] {
  const writing = methods.filter((method) => method !== 'get');
  return writing.flatMap((method) => callAt(document, path, method) ?? []);
}

function callAt(document: ApiDocument, path: string | undefined, method: Method): Call | undefined {
  const operation = path && document.paths[path]?.[method];
  return operation ? callOf(document, path, method, operation) : undefined;
}

function callOf(document: ApiDocument, path: string, method: Method, operation: Operation): Call {
  return {
    operationId: operation.operationId,
    summary: operation.summary ?? operation.operationId,
    method,
    path,
    fields: fieldsOf(document, bodyOf(document, operation)),
    answer: fieldsOf(document, answerOf(document, operation)),
  };
}

function listAt(document: ApiDocument, path: string): List | undefined {
  const operation = document.paths[path]?.get;
  const row = operation && rowOf(document, operation);
  return row && listOf(document, path, operation, row);
}

/** Parameters of every list, which the screen has controls of its own for. */
const ofEveryList = ['page', 'page_size', 'search', 'ordering'];

function listOf(document: ApiDocument, path: string, operation: Operation, row: PlainSchema): List {
  const query = (operation.parameters ?? []).filter((one) => one.in === 'query');
  const ordering = query.find(({ name }) => name === 'ordering')?.schema;
  return {
    ...callOf(document, path, 'get', operation),
    columns: fieldsOf(document, row),
    filters: query
      .filter(({ name }) => !ofEveryList.includes(name))
      .map(({ name, schema, description, required = false }) =>
        fieldOf(document, name, { ...schema, description }, required),
      ),
    orderings: (ordering?.enum ?? []).map(String),
    defaultOrdering: typeof ordering?.default === 'string' ? ordering.default : undefined,
    hasSearch: query.some(({ name }) => name === 'search'),
  };
}

/** What a page has of each thing; undefined: the answer is no page. */
function rowOf(document: ApiDocument, operation: Operation): PlainSchema | undefined {
  const { properties } = answerOf(document, operation) ?? {};
  if (!properties?.count || !properties.results) return undefined;
  const { items } = plain(document, properties.results);
  return items && plain(document, items);
}

function snake(pascal: string): string {
  return pascal.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
