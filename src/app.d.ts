declare global {
  namespace App {
    /** Kept in the history entry, never in the address: what was typed into a search must not become a URL. */
    interface PageState {
      query?: string;
    }
  }
}

export {};
