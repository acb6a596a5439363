export const homePage = (name: string): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${name}</title></head>
  <body><h1>Hello from ${name}</h1></body>
</html>`;

/**
 * A page that reads from its own app in three ways for as long as it may. Each way's status says `open`, then
 * `ended`, with the time (milliseconds since the epoch) in `data-ended-at`. A second fetch after the end would be a request of
 * its own, so nothing reconnects.
 */
export const watchPage = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>watch</title></head>
  <body>
    <h1>Watching</h1>
    <output aria-label="Stream">starting</output>
    <output aria-label="Events">starting</output>
    <output aria-label="WebSocket">starting</output>
    <script type="module">
      const named = (name) => document.querySelector('output[aria-label="' + name + '"]');
      const open = (name) => { if (named(name).textContent === 'starting') named(name).textContent = 'open'; };
      const ended = (name) => {
        if (named(name).textContent === 'ended') return;
        named(name).dataset.endedAt = String(Date.now());
        named(name).textContent = 'ended';
      };

      const read = async () => {
        const reader = (await fetch('/stream')).body.getReader();
        for (;;) {
          const { done } = await reader.read();
          if (done) return;
          open('Stream');
        }
      };
      read().catch(() => undefined).then(() => ended('Stream'));

      const events = new EventSource('/events');
      events.onmessage = () => open('Events');
      events.onerror = () => { events.close(); ended('Events'); };

      const socket = new WebSocket('/ws');
      socket.onmessage = () => open('WebSocket');
      socket.onclose = () => ended('WebSocket');
    </script>
  </body>
</html>`;
