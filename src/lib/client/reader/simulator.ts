/** A reader for practice: each press gives another made-up person, whom nobody can take for a real one. */
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { ReaderEvents, type ReaderPort } from './reader-port.ts';

/** People of the demo are counted from 0; those of cards from here, so that they are rarely the same. */
const FIRST = 60_000;

export class SimulatedReader extends ReaderEvents implements ReaderPort {
  #next = FIRST;

  connect(): void {
    this.enter('ready');
  }

  read(): void {
    if (this.status !== 'ready') return;
    const { name, idNumber, birthDate, sex } = samplePerson(this.#next++);
    this.tell({ name, idNumber, birthDate, sex, nation: '汉', address: '示例镇样本村一组 1 号' });
  }

  close(): void {
    this.enter('off');
  }
}
