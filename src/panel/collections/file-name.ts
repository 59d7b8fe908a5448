/** The name of a collection's file: what every file system takes. */
export const fileName = (name: string): string =>
  `${
    name
      .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-')
      .replaceAll(/^[.\s-]+|[.\s]+$/g, '')
      .slice(0, 80) || 'collection'
  }.json`;
