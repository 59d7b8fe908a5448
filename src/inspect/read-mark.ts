/** How far a body has been read, for those that work on it behind the reader. */
export class ReadMark {
  private at = 0;
  private ended = false;
  private waiting: { readonly offset: number; readonly resolve: () => void }[] = [];

  /** Everything before this offset has been read. */
  reach(offset: number): void {
    this.at = Math.max(this.at, offset);
    this.wake();
  }

  /** Nothing more will be read. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  /** Resolves as soon as everything before an offset has been read, or nothing more will be. */
  async until(offset: number): Promise<void> {
    if (this.ended || this.at >= offset) return;
    await new Promise<void>((resolve) => {
      this.waiting.push({ offset, resolve });
    });
  }

  private wake(): void {
    const due = this.waiting.filter(({ offset }) => this.ended || offset <= this.at);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((waiter) => !due.includes(waiter));
    for (const { resolve } of due) resolve();
  }
}
