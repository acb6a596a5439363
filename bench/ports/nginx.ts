import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type Child } from './child.ts';

/** Debian’s nginx as a reverse proxy on loopback to one app, in a folder of its own. */
export async function startNginx(options: { folder: string; port: number; app: string }): Promise<Child> {
  const { folder, port, app } = options;
  mkdirSync(folder, { recursive: true });
  const conf = join(folder, 'nginx.conf');
  writeFileSync(conf, confOf(port, app));
  const command = ['nginx', '-p', folder, '-c', conf, '-e', 'stderr', '-g', 'daemon off;'] as const;
  return await startChild(command, { address: '127.0.0.1', port });
}

/** A worker for each core, as Debian has it; connections to the app are kept; streams arrive while they are being written. */
const confOf = (port: number, app: string): string => `user root;
worker_processes auto;
worker_rlimit_nofile 8192;
pid nginx.pid;
events {
  worker_connections 4096;
}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  client_max_body_size 0;
  map $http_upgrade $connection_upgrade {
    default upgrade;
    '' '';
  }
  upstream app {
    server ${app};
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 1h;
    }
  }
}
`;
