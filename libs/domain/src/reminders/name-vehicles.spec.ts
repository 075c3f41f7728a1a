import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DueVehicle, mostNamed, nameVehicles } from './name-vehicles.js';

const haval: DueVehicle = {
  vehicleId: 'v-1',
  plate: 'ABC123',
  description: 'Haval H6 2024',
  dueOn: '2026-03-01',
};
const kia = { ...haval, vehicleId: 'v-2', plate: 'XYZ987', description: 'Kia Rio 2020' };
const isuzu = { ...haval, vehicleId: 'v-3', plate: 'ISU001', description: 'Isuzu D-Max' };

describe('the vehicles of a message', () => {
  test('is named alone where there is one', () => {
    expect(nameVehicles([haval])).toEqual({
      Vehículo: 'Haval H6 2024',
      Placa: 'ABC123',
      Fecha: '1 de marzo de 2026',
    });
  });

  test('are joined as people join them, with a date that they share told once', () => {
    expect(nameVehicles([kia, haval])).toEqual({
      Vehículo: 'Haval H6 2024 y Kia Rio 2020',
      Placa: 'ABC123 y XYZ987',
      Fecha: '1 de marzo de 2026',
    });
    expect(nameVehicles([kia, haval, { ...isuzu, plate: 'ZZZ' }]).Vehículo).toBe(
      'Haval H6 2024, Kia Rio 2020 e Isuzu D-Max',
    );
  });

  test('come in the order of their dates', () => {
    expect(nameVehicles([{ ...haval, dueOn: '2026-03-15' }, kia])).toEqual({
      Vehículo: 'Kia Rio 2020 y Haval H6 2024',
      Placa: 'XYZ987 y ABC123',
      Fecha: '1 de marzo de 2026 y 15 de marzo de 2026',
    });
  });

  test('are named once each, with the sooner of two dates', () => {
    const twice = nameVehicles([{ ...haval, dueOn: '2026-03-15' }, haval]);
    expect(twice).toEqual(nameVehicles([haval]));
  });

  test('of a fleet are counted past the first five, and never as one more', () => {
    const fleet = (size: number) =>
      Array.from({ length: size }, (_, n) => ({ ...haval, vehicleId: `v-${n}`, plate: `P${n}` }));
    expect(nameVehicles(fleet(6)).Placa).toBe('P0, P1, P2, P3, P4 y P5');
    expect(nameVehicles(fleet(7)).Placa).toBe('P0, P1, P2, P3, P4 y 2 más');
    fc.assert(
      fc.property(fc.integer({ min: mostNamed + 2, max: 400 }), (size) => {
        expect(nameVehicles(fleet(size)).Placa).toMatch(new RegExp(` y ${size - mostNamed} más$`));
      }),
    );
  });

  test('without a plate leave no gap', () => {
    expect(nameVehicles([{ ...haval, plate: ' ' }, kia]).Placa).toBe('XYZ987');
  });
});
