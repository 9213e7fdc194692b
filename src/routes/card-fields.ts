/** What a card says beside what stands in a form: what is filled in because nothing stood there, what agrees, what differs. */
import type { Card } from '#lib/client/state/card-reader.svelte.ts';
import type { Person } from '#lib/domain/commands.ts';
import { normalisePersonName } from '#lib/domain/person-name.ts';
import { compactNumber, cleanText } from '#lib/domain/plain-text.ts';

export type CardField = 'idNumber' | 'name' | 'address';

export interface CardLine {
  field: CardField;
  name: string;
  typed: string;
  card: string;
  is: 'filled' | 'same' | 'different';
}

const NAMES: Record<CardField, string> = { idNumber: '身份证号', name: '姓名', address: '住址' };

/** `address` undefined: the form asks for none. A person by another document is different, whatever its number. */
export function cardLines(
  card: Card,
  person: Pick<Person, 'name' | 'idKind' | 'idNumber'>,
  address: string | undefined,
): CardLine[] {
  const line = (field: CardField, typed: string, said: string | undefined, same: boolean): CardLine[] =>
    said === undefined
      ? []
      : [
          {
            field,
            name: NAMES[field],
            typed,
            card: said,
            is: typed.trim() === '' ? 'filled' : same ? 'same' : 'different',
          },
        ];
  const number = compactNumber(person.idNumber).toUpperCase();
  const isCards = person.idKind === 'residentId' && number === card.idNumber;
  return [
    ...line('idNumber', person.idNumber, card.idNumber, isCards),
    ...line('name', person.name, card.name, normalisePersonName(person.name) === card.name),
    ...(address === undefined
      ? []
      : line('address', address, card.address, cleanText(address) === card.address)),
  ];
}
