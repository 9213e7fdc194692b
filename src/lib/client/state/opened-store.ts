/** The device's database, opened once per tab. */
import { openStore, type Store } from '../store/open-database.ts';

let opened: Promise<Store> | undefined;

export const openedStore = (): Promise<Store> => (opened ??= openStore());
