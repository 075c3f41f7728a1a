import type { VariableName } from './variables.js';

/** What each variable means to whoever writes templates, with an example as a message shows it. */
export const variableGuide: Readonly<
  Record<VariableName, { es: string; en: string; example: string }>
> = {
  Nombre: { es: 'nombre del cliente', en: "customer's name", example: 'Carlos Mendoza' },
  Placa: { es: 'placa', en: 'plate', example: 'ABC123' },
  Vehículo: { es: 'marca y modelo', en: 'make and model', example: 'Haval H6 2024' },
  Fase: { es: 'fase actual', en: 'current phase', example: 'Recepción' },
  Fecha: { es: 'fecha prevista', en: 'date planned', example: '20 de Enero, 2026' },
  Hora: { es: 'hora prevista', en: 'hour planned', example: '14:30' },
  Orden: { es: 'orden de trabajo', en: 'work order', example: 'OT-2025-001' },
  Técnico: { es: 'técnico', en: 'technician', example: 'Juan Pérez' },
  Taller: { es: 'taller', en: 'workshop', example: 'Ambacar Service' },
};

/** Every variable with its example: how long a template's message usually is. */
export const exampleVariables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(variableGuide).map(([name, { example }]) => [name, example]),
);
