/** A customer and her vehicle, as the core system tells of them. */
export const luz = {
  customer_id: 'luz',
  name: 'Luz Andrade',
  email: 'luz@example.com',
  phone: '099 123 4567',
  taller_id: 'taller-norte',
  preferences: { push: { enabled: false }, email: { priority: 2 } },
  updated_at: '2026-01-20T14:30:00-05:00',
};

export const haval = {
  vehicle_id: 'haval',
  customer_id: 'luz',
  plate: 'ABC-123',
  make: 'Haval',
  model: 'H6',
  year: 2024,
  km: 9120,
  updated_at: '2026-01-20T23:30:00-05:00',
};
