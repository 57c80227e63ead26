import type { ApiRequest } from '../context.ts';

/** Which entries of a list are wanted; the contract has checked that they are numbers. */
export const pageOf = (request: ApiRequest): { readonly limit: number; readonly offset: number } => ({
  limit: Number(request.query('limit') ?? '100'),
  offset: Number(request.query('offset') ?? '0'),
});
