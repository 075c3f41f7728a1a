/** What was made so far, by collection, so that later requests use, change and delete it. */
export class Things {
  private readonly ids = new Map<string, string[]>();

  /** Notes what an answer says was made. */
  note(path: string, body: unknown): void {
    const { id, vehicle_id, customer_id, event_id, task_id, read_on } = Object(body);
    const collection = path.split('/').findLast((part) => part !== '') ?? '';
    if (typeof event_id === 'string') this.add('events', event_id);
    if (typeof task_id === 'string') this.add('tasks', task_id);
    if (typeof read_on === 'string') this.add('odometer', read_on);
    const made: unknown = id ?? vehicle_id ?? customer_id;
    if (typeof made === 'string') this.add(collection, made);
  }

  add(collection: string, id: string): void {
    const known = this.ids.get(collection) ?? [];
    // The newest are kept: an old one was deleted long ago.
    this.ids.set(collection, [...known, id].slice(-20));
  }

  /** One of a collection's things; one of any other's where it has none. */
  pick(collection: string, number: number): string {
    if (collection === 'versions') return String((number % 3) + 1);
    // `push/status/` is asked of customers.
    if (collection === 'status') return this.pick('customers', number);
    const known = this.ids.get(collection) ?? [...this.ids.values()].flat();
    return encodeURIComponent(known[number % known.length] ?? 'none');
  }
}
