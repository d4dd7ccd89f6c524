// The worker of the whole site (scope "/"). A classic script: older Firefox refuses modules here.
// A new version takes over at once, so that no tab stays behind on a former one.

addEventListener("install", () => {
  self.skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});
