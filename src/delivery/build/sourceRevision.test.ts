import { defaultTag, pageOf } from './sourceRevision.js';

const revision = { commit: '7bcd52c86d2011', committedAtSeconds: 1, isDirty: false, origin: undefined };

describe('the tag of images that nobody named', () => {
  test.each([
    ['0.2.0', revision, '0.2.0-g7bcd52c86d20'],
    ['0.2.0', { ...revision, isDirty: true }, '0.2.0-g7bcd52c86d20-dirty'],
    ['0.2.0', undefined, '0.2.0'],
    ['0.2.0+local', undefined, '0.2.0_local'],
  ])('of %s names version and commit, and says when files differ from it', (version, known, tag) => {
    expect(defaultTag(version, known)).toBe(tag);
  });
});

describe('where the sources come from', () => {
  test.each([
    ['https://example.com/shop/spike.git', 'https://example.com/shop/spike'],
    ['https://ci:secret@example.com/shop/spike.git', 'https://example.com/shop/spike'],
    ['git@example.com:shop/spike.git', 'https://example.com/shop/spike'],
    ['ssh://git@example.com/shop/spike.git', 'https://example.com/shop/spike'],
    ['ssh://git@example.com:2222/shop/spike', 'https://example.com/shop/spike'],
    ['/srv/git/spike.git', undefined],
    ['', undefined],
  ])('%s is told as a page, never with a login', (remote, page) => {
    expect(pageOf(remote)).toBe(page);
  });
});
