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
  const { service_type, target, taller } = search;
  return {
    ...(typeof service_type === 'string' && service_type && { service_type }),
    ...(target === 'staff' && { target }),
    ...(typeof taller === 'string' && taller && { taller }),
  };
}
