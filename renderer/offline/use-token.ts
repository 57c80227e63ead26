import { useEffect, useState } from 'react';
import type { BridgeResult } from '../../shared/contract.ts';
import type { TokenView } from '../../shared/offline.ts';
import { useApp } from '../store/use-app.ts';

/** A request or a receipt in every form in which it can be carried; null until the main process has given it. */
export function useToken(productId: string, id: string): BridgeResult<TokenView> | null {
  const tokenOf = useApp((app) => app.tokenOf);
  const [token, setToken] = useState<{ readonly id: string; readonly result: BridgeResult<TokenView> }>();
  useEffect(() => {
    let isWanted = true;
    const fetchToken = async () => {
      const result = await tokenOf({ productId, id });
      if (isWanted) setToken({ id, result });
    };
    void fetchToken();
    return () => {
      isWanted = false;
    };
  }, [tokenOf, productId, id]);
  return token?.id === id ? token.result : null;
}
