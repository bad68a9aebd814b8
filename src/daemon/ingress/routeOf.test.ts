import { routeOf } from './routeOf.js';

describe('the routes of the ingress', () => {
  test.each([
    ['/', 'user'],
    ['/users/login', 'user'],
    ['/users/spike/all?limit=5', 'user'],
    ['/assets/page.js', 'user'],
    ['/assets/100%', 'user'],
    ['/spike/7', 'spike'],
    ['/spike/7/ticket?x=/admin', 'spike'],
    ['/order/all', 'order'],
    ['/admin', 'admin'],
    ['/admin/login', 'admin'],
    ['/administrator', 'user'],
    ['/staff', 'user'],
    ['/staff/app.js', 'user'],
  ])('%s belongs to the %s service', (url, service) => {
    expect(routeOf(url)).toBe(service);
  });

  test.each([
    '/access',
    '/access/check',
    '/metrics',
    '/readyz',
    '/users/internal',
    '/users/internal/test-tokens',
    '/users/%69nternal/test-tokens?x=1',
    '/%75sers/internal/test-tokens',
    '/users%2Finternal/test-tokens',
    '/users//internal/test-tokens',
    'http://shop.example/users/internal/test-tokens',
    '/%61ccess/check',
  ])('%s is never routed', (url) => {
    expect(routeOf(url)).toBeNull();
  });
});
