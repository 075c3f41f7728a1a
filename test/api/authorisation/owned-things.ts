import { customers } from '../resources/customers.case.js';
import { orchestration } from '../resources/orchestration.case.js';
import { reminders } from '../resources/reminders.case.js';
import { northId, type ResourceCase, southId } from '../resources/resource-case.js';
import { staffMembers } from '../resources/staff-members.case.js';
import { templates } from '../resources/templates.case.js';
import { vehicles } from '../resources/vehicles.case.js';
import { dispatchPath, exampleEvent } from '../start-test-api.js';
import { fill, type Operation } from './operations.js';

type Json = Record<string, unknown>;
/** Sends as a caller who may do all. Throws for an answer that is not a success. */
export type Post = (path: string, body: Json) => Promise<Json>;
/** A workshop; null: none. */
export type Owner = typeof northId | typeof southId | null;

/** A thing that belongs to a workshop, made through the API like any. */
export interface OwnedThing {
  id: string;
  /** Bodies that change it, by method. */
  bodies: Readonly<Record<string, Json>>;
}

const root = '/api/v1/notifications/';
let number = 0;

/** Makes things by the path that leads to one of them. */
const makers: Readonly<Record<string, (owner: Owner, post: Post) => Promise<OwnedThing>>> = {
  [`${root}talleres/{id}/`]: async (owner) => ({
    id: owner ?? northId,
    bodies: { PUT: { slug: 'mine', name: 'Mío' }, PATCH: { name: 'Mío' } },
  }),
  [`${root}api-keys/{id}/`]: async (owner, post) => {
    const made = await post(`${root}api-keys/`, { name: 'x', scopes: ['read'], taller_id: owner });
    return { id: String(made.id), bodies: { PATCH: { name: 'Mía' } } };
  },
  [`${root}customers/{customer_id}/`]: (owner, post) => make(customers, { taller_id: owner }, post),
  [`${root}push/status/{customer_id}/`]: (owner, post) =>
    make(customers, { taller_id: owner }, post),
  [`${root}vehicles/{vehicle_id}/`]: async (owner, post) => {
    const { id: customer_id } = await make(customers, { taller_id: owner }, post);
    const { id, bodies } = await make(vehicles, { customer_id }, post);
    // The case's own change gives it to a customer who is of no workshop.
    return { id, bodies: { ...bodies, PATCH: { plate: 'XYZ 987' } } };
  },
  [`${root}reminders/{id}/`]: async (owner, post) => {
    const { id: customer_id } = await make(customers, { taller_id: owner }, post);
    const { id: vehicle_id } = await make(vehicles, { customer_id }, post);
    return make(reminders, { customer_id, vehicle_id }, post);
  },
  // There is none without a workshop.
  [`${root}staff-members/{id}/`]: (owner, post) =>
    make(staffMembers, { taller_id: owner ?? southId }, post),
  [`${root}templates/{id}/`]: (owner, post) => make(templates, { taller_id: owner }, post),
  [`${root}orchestration/{id}/`]: (owner, post) => make(orchestration, { taller_id: owner }, post),
  [`${root}events/{id}/`]: async (owner, post) => {
    const { id: customer_id } = await make(customers, { taller_id: owner }, post);
    const receipt = await post(dispatchPath, exampleEvent({ customer_id, taller_id: owner }));
    return { id: String(receipt.event_id), bodies: {} };
  },
};

/** Bodies of the actions that are no plain change of the thing, by the path's end. */
const actions: Readonly<Record<string, Json>> = {
  'update_matrix/': {
    matrix: [{ phase_id: 'phase-schedule', channel: 'email', enabled: true, priority: 1 }],
  },
  'update_preferences/': { email: { enabled: false } },
  'odometer/': { read_on: '2026-01-01', km: 5 },
  'rotate/': {},
  'channels/email/': {
    host: 'smtp.example.com',
    port: 465,
    security: 'implicit-tls',
    from_email: 'taller@example.com',
  },
  'channels/whatsapp/': { api_url: 'https://e.example.com', instance: 'mine', api_key: 'mine' },
};

/** The path of the thing that an operation is about; undefined where nobody owns what it is about. */
export function thingOf({ path }: Operation): string | undefined {
  return Object.keys(makers).find((one) => path.startsWith(one));
}

/** Makes what the operation is about, for a workshop. */
export function makeThing(operation: Operation, owner: Owner, post: Post): Promise<OwnedThing> {
  const maker = makers[thingOf(operation) ?? ''];
  if (!maker) throw new Error(`${operation.name} is about nothing that has an owner`);
  return maker(owner, post);
}

/** The body of an operation on a thing; undefined where it takes none that is known here. */
export function bodyFor({ path, method }: Operation, thing: OwnedThing): Json | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (Object.hasOwn(makers, path)) return thing.bodies[method];
  return Object.entries(actions).find(([end]) => path.endsWith(end))?.[1];
}

export function pathOf(operation: Operation, { id }: OwnedThing): string {
  return fill(operation.path, id);
}

async function make(resource: ResourceCase, owner: Json, post: Post): Promise<OwnedThing> {
  number += 1;
  const body = { ...resource.make(number), ...owner };
  const made = await post(resource.path, body);
  const id = String(made[resource.idMember ?? 'id']);
  return { id, bodies: { PUT: body, PATCH: resource.patch } };
}
