/** A step of a vehicle's visit, such as reception or delivery. */
export interface Phase {
  id: string;
  slug: string;
  name: string;
  /** Name of an icon of the console's set; empty where none was chosen. */
  icon: string;
  order: number;
}

/** A finer kind of a service type. Its slug is unique among its siblings only. */
export interface Subtype {
  id: string;
  slug: string;
  name: string;
  icon: string;
}

export interface ServiceType {
  id: string;
  slug: string;
  name: string;
  icon: string;
  subtypes: Subtype[];
}

/**
 * Finds an entry by its slug or by its UUID: clients may name it either way.
 * Undefined when there is none.
 */
export function findByReference<T extends { id: string; slug: string }>(
  entries: readonly T[],
  reference: string,
): T | undefined {
  const wanted = reference.toLowerCase();
  return entries.find((entry) => entry.slug === reference || entry.id === wanted);
}
