/** Which matrix the address bar names. */
export interface MatrixAddress {
  /** Slug; without it, the first service type. */
  service_type?: string;
  target?: 'staff';
  /** Slug; without it, the matrix of every workshop. */
  taller?: string;
}

/** What is left out or unknown falls back to the first service, customers, and every workshop. */
export function readAddress(search: Record<string, unknown>): MatrixAddress {
  const service_type = textOf(search.service_type);
  const taller = textOf(search.taller);
  return {
    ...(service_type && { service_type }),
    ...(search.target === 'staff' && { target: 'staff' }),
    ...(taller && { taller }),
  };
}

/** The router reads digits as a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
