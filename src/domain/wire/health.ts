/** What every service answers to whoever runs it. */

/** `GET /healthz` */
export interface HealthAnswer {
  status: 'success';
}

/** `GET /readyz`: the stores that the service needs; all of them answer. */
export interface ReadyAnswer {
  status: 'success';
  stores: string[];
}
