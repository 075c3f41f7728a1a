/** Days around a due date as people write them: `-7, 0, 3`. Null where they cannot be read. */
export function readOffsets(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const days = [...new Set(parts.map(Number))];
  const isGood = days.length > 0 && days.length <= 10 && days.every(isDay);
  return isGood ? days : null;
}

function isDay(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 180;
}
