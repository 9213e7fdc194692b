/** The office of this device, as papers name it. */
import type { Calendar } from '#lib/domain/calendar.ts';
import { officeOf, type Office } from '#lib/domain/papers/office.ts';

interface Here {
  device: {
    site: { id: string; fullName: string; level: string };
    contact: { organ: string; phone: string; supervision: string };
  } | null;
  /** Names of the sites whose applications come here. */
  sites: readonly { id: string; name: string }[];
}

/** Before the first release: every date is 日历未更新. */
export const NO_CALENDAR: Calendar = {
  validFrom: '1970-01-01',
  validThrough: '1970-01-01',
  off: [],
  work: [],
};

/** `app` null: no application, this station itself. null while nobody is enrolled. */
export function officeHere({ device, sites }: Here, app: { site: string } | null): Office | null {
  if (device === null) return null;
  const { site, contact } = device;
  const other =
    app === null || app.site === site.id ? undefined : sites.find(({ id }) => id === app.site)?.name;
  return officeOf({ site, contact, ...(other === undefined ? {} : { receivedBy: other }) });
}
