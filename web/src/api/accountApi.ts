import type { NewUser } from '../../../src/client/answers.js';
import type { TokenAnswer } from '../../../src/domain/wire.js';
import { request } from './request.js';

/** The routes that need no login, and give one. */
export const accountApi = {
  async register(user: NewUser): Promise<TokenAnswer> {
    return (await request<TokenAnswer>({ method: 'POST', path: '/users/register', body: user })).body;
  },
  async logIn(phone: string, password: string): Promise<TokenAnswer> {
    return (await request<TokenAnswer>({ method: 'POST', path: '/users/login', body: { phone, password } })).body;
  },
};
