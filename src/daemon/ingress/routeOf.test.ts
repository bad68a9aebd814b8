import { routeOf } from './routeOf.js';

describe('the routes of the ingress', () => {
  test.each([
    ['/', 'user'],
    ['/users/login', 'user'],
    ['/users/spike/all?limit=5', 'user'],
    ['/assets/page.js', 'user'],
    ['/spike/7', 'spike'],
    ['/spike/7/ticket?x=/admin', 'spike'],
    ['/order/all', 'order'],
    ['/admin', 'admin'],
    ['/admin/login', 'admin'],
    ['/administrator', 'user'],
  ])('%s belongs to the %s service', (url, service) => {
    expect(routeOf(url)).toBe(service);
  });

  test.each(['/access', '/access/check', '/metrics', '/readyz'])('%s is never routed', (url) => {
    expect(routeOf(url)).toBeNull();
  });
});
