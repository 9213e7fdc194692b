/** Ids made on the device, in the order of time (UUIDv7): unique without asking anybody. */
import { v7 } from 'uuid';

/** A fresh id for a button. */
export const newCommandId = (): string => v7();
export const newApplicationId = (): string => v7();
