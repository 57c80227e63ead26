/** The one thing that helps most. Closed, so that every window and terminal can offer each of them. */
export const REMEDIES = [
  'none',
  'retry',
  'retryLater',
  'checkCode',
  'freeSeat',
  'renew',
  'activate',
  'activateAgain',
  'signIn',
  'refresh',
  'checkNetwork',
  'checkProxy',
  'signInToProxy',
  'setClock',
  'fixStorage',
  'unlockKeyring',
  'updateApplication',
  'askAdministrator',
  'contactVendor',
  'contactSupport',
  'finishOffline',
  'chooseFile',
  'makeRequest',
  'openPortal',
] as const;

export type Remedy = (typeof REMEDIES)[number];
