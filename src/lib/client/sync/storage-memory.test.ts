import { describe } from 'vitest';
import { DEVICE, signAlways } from '../../../../tests/support/device-fixture.ts';
import { storageContract } from '../../../../tests/support/storage-contract.ts';
import { memoryStorage } from './storage-memory.ts';

describe('storage in memory keeps the contract', () => {
  storageContract(async () => {
    const storage = memoryStorage(DEVICE, signAlways);
    return {
      storage,
      enqueue: storage.enqueue,
      undo: storage.undo,
      confirmed: async () => storage.confirmed(),
      outbox: async () => storage.outbox(),
    };
  });
});
