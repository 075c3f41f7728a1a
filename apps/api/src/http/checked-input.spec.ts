import { describe, expect, test } from '@jest/globals';
import {
  BooleanField,
  IntegerField,
  ObjectField,
  ObjectListField,
  patchOf,
  TextField,
  TextListField,
} from '#contracts/http/fields.js';
import { CheckedBody, CheckedQuery } from './checked-input.pipe.js';
import { Problem } from './problem.js';

class Wheel {
  @IntegerField({ min: 1, max: 30 })
  size: number;

  @BooleanField({ required: false })
  spare?: boolean;
}

class Seat {
  @TextField({ max: 10 })
  colour: string;
}

class Car {
  @ObjectListField(Wheel, { max: 4 })
  wheels: Wheel[];

  @ObjectField(Seat, { required: false })
  seat?: Seat;

  @TextListField({ required: false, max: 2, maxLength: 5 })
  words?: string[];
}

class CarPatch extends patchOf(Car) {}

function faultsOf(type: new () => object, body: unknown): Record<string, string[]> {
  try {
    new CheckedBody(type).transform(body);
    return {};
  } catch (error) {
    return error instanceof Problem ? (error.errors ?? {}) : {};
  }
}

describe('a body with objects inside', () => {
  test('is read as its classes, and what is absent stays absent', () => {
    const car = new CheckedBody(Car).transform({ wheels: [{ size: 16 }] });
    expect(car).toEqual({ wheels: [{ size: 16 }] });
    expect(car.wheels[0]).toBeInstanceOf(Wheel);
    expect(Object.keys(car)).toEqual(['wheels']);
  });

  test.each<[string, unknown, string[]]>([
    ['a member inside', { wheels: [{ size: 1 }, { size: 0 }] }, ['wheels.1.size']],
    ['a member that is not known', { wheels: [{ size: 1, rim: 2 }] }, ['wheels.0.rim']],
    ['a member that is missing', { wheels: [{}] }, ['wheels.0.size']],
    ['null in a list', { wheels: [null] }, ['wheels.0']],
    ['a list in a list', { wheels: [[]] }, ['wheels.0']],
    ['every fault at once', { wheels: [1, { size: 'x' }] }, ['wheels.0', 'wheels.1.size']],
    ['no list', { wheels: { size: 1 } }, ['wheels']],
    ['a list that is too long', { wheels: Array(5).fill({ size: 'x' }) }, ['wheels']],
    ['an object that is a list', { wheels: [], seat: [] }, ['seat']],
    ['an object that is null', { wheels: [], seat: null }, ['seat']],
    ['a member of an object', { wheels: [], seat: { colour: '' } }, ['seat.colour']],
    ['texts that are none', { wheels: [], words: ['a', 1] }, ['words']],
    ['a text that is too long', { wheels: [], words: ['abcdef'] }, ['words']],
    ['too many texts', { wheels: [], words: ['a', 'b', 'c'] }, ['words']],
  ])('is refused by the path of %s', (_fault, body, paths) => {
    expect(Object.keys(faultsOf(Car, body))).toEqual(paths);
  });

  test('is looked into by a PATCH as well', () => {
    expect(faultsOf(CarPatch, {})).toEqual({});
    expect(Object.keys(faultsOf(CarPatch, { wheels: [{ size: 99 }] }))).toEqual(['wheels.0.size']);
  });
});

describe('what is missing', () => {
  test('is told as missing, and as nothing else', () => {
    expect(faultsOf(Car, { seat: {} })).toEqual({
      wheels: ['is required'],
      'seat.colour': ['is required'],
    });
    expect(faultsOf(Car, { wheels: null })).not.toEqual({ wheels: ['is required'] });
  });
});

describe('a truth value in a query', () => {
  const read = (spare: string) => new CheckedQuery(Wheel).transform({ size: '16', spare }).spare;

  test.each([
    ['true', true],
    ['True', true],
    ['FALSE', false],
  ])('is read from %s, as every client writes it', (text, value) => {
    expect(read(text)).toBe(value);
  });

  test.each(['1', 'yes', 'truely', ' '])('is not guessed from "%s"', (text) => {
    expect(() => read(text)).toThrow(Problem);
  });
});

describe('a parameter that is left empty', () => {
  test('counts as absent, be it needed or not', () => {
    expect(new CheckedQuery(Wheel).transform({ size: '16', spare: '' })).toEqual({ size: 16 });
    expect(() => new CheckedQuery(Wheel).transform({ size: '' })).toThrow(
      expect.objectContaining({ errors: { size: ['is required'] } }),
    );
  });

  test('is refused all the same where its name is not known', () => {
    expect(() => new CheckedQuery(Wheel).transform({ size: '16', rim: '' })).toThrow(
      expect.objectContaining({ errors: { rim: ['is not known here'] } }),
    );
  });
});
