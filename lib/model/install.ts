/** What an install says about itself. */
export type Install = {
  version: string;
  node: string;
  address: string;
  /** Only this machine reaches it. */
  loopback: boolean;
  sandbox: boolean;
  maxFileBytes: number;
  storage: string;
  dataFolder: string | null;
};
