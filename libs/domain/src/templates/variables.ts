/** The variables that templates may use, exactly so written, with what fills them. */
export const variableNames = [
  'Nombre',
  'Placa',
  'Vehículo',
  'Fase',
  'Fecha',
  'Hora',
  'Orden',
  'Técnico',
  'Taller',
] as const;

export type VariableName = (typeof variableNames)[number];

/** Values by variable name; a variable without a value is absent. */
export type Variables = Record<string, string>;

/** A name without case and accents: `Vehículo`, `vehiculo` and `VEHÍCULO` fold to one. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();
}

const byFoldedName = new Map<string, VariableName>(
  variableNames.map((name) => [foldName(name), name]),
);

/** The variable that a key of `context` names, whatever its case and accents. */
export function variableNamedBy(key: string): VariableName | undefined {
  return byFoldedName.get(foldName(key));
}

/** What cannot be a variable's value, by the key under which it came. */
export interface UnusableValue {
  key: string;
  why: string;
}

/**
 * The variables among the caller's `context`. Keys that name no variable are left alone. Null
 * and empty text count as absent; numbers and booleans become text. Two keys for one variable
 * (`vehiculo` and `Vehículo`) must agree.
 */
export function variablesFrom(context: Readonly<Record<string, unknown>>): {
  values: Variables;
  unusable: UnusableValue[];
} {
  const values: Variables = {};
  const unusable: UnusableValue[] = [];
  for (const [key, value] of Object.entries(context)) {
    const name = variableNamedBy(key);
    if (name === undefined || value === undefined || value === null) continue;
    if (typeof value === 'object') {
      unusable.push({ key, why: `must be text: it fills {{${name}}}` });
      continue;
    }
    const text = String(value).normalize('NFC').trim();
    if (text === '') continue;
    if (values[name] !== undefined && values[name] !== text) {
      unusable.push({ key, why: `gives {{${name}}} a second, different value` });
      continue;
    }
    values[name] = text;
  }
  return { values, unusable };
}
