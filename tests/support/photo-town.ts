/** A town with an office that can be killed and started again on its database and its folder of files. */
import { rmSync } from 'node:fs';
import type { Store } from '#lib/server/db/store.ts';
import { nameOf, OfficeFiles, type FilesOptions } from '#lib/server/files/office-files.ts';
import { findPhoto, type PhotoRow } from '#lib/server/files/photo-rows.ts';
import { assembleOffice, type Office } from '#lib/server/office.ts';
import type { SamplePhoto } from './photo-files.ts';
import { PhotoSender } from './photo-sender.ts';
import { doors, foundTown, SITES, type SiteName, type Town } from './town.ts';
import { WireClient } from './wire-client.ts';

/** Whose applications the photos are for, if nothing else is said. */
const SITE = SITES.A1.id;

export interface PhotoTown {
  town: Town;
  /** The one that answers now. */
  readonly office: Office;
  /** Nothing of the office before is left but its database and its folder. */
  restart(options?: FilesOptions): void;
  /** Another process on the same data. */
  twin(): Office;
  /** A new device at a site, for photos of village A1; `at`: an office other than the one that answers. */
  sender(place: SiteName, at?: Office): Promise<PhotoSender>;
  rowOf(photo: SamplePhoto): Promise<PhotoRow | undefined>;
  keptBytes(photo: SamplePhoto): Promise<Buffer>;
  nameOf(photo: SamplePhoto): string;
  /** Removes the folder. */
  end(): void;
}

export async function foundPhotoTown(store: Store, options: FilesOptions = {}): Promise<PhotoTown> {
  const town = await foundTown(store);
  const { clock, log, files } = town.office;
  const open = (its: FilesOptions): Office =>
    assembleOffice(store, clock, log, new OfficeFiles(files.folder, its));
  let office = open(options);
  const keyOf = ({ sha256 }: SamplePhoto) => ({ site: SITE, sha256 });
  return {
    town,
    get office() {
      return office;
    },
    restart: (its = {}) => {
      office = open(its);
    },
    twin: () => open({}),
    async sender(place, at) {
      const client = new WireClient((request) => doors(at ?? office)(request));
      client.cookie = (await town.device(place)).cookie;
      return new PhotoSender(client, SITE);
    },
    rowOf: (photo) => store.read((trx) => findPhoto(trx, keyOf(photo))),
    async keptBytes(photo) {
      const file = await office.files.storage.open(nameOf(keyOf(photo)));
      if (!file) throw new Error('no such file in the storage');
      return Buffer.concat(await file.bytes.toArray());
    },
    nameOf: (photo) => nameOf(keyOf(photo)),
    end: () => rmSync(files.folder, { recursive: true, force: true }),
  };
}
