"""A scorer's device in any engine: what a person does with it and what a script may read."""

from typing import Any, Protocol

PENDING = "return Number(document.querySelector('#strip')?.dataset.pending ?? -1)"
SYNC = "return document.querySelector('#strip')?.dataset.sync ?? ''"
PHASE = "return document.querySelector('#pad')?.dataset.phase ?? ''"
CAN_TOUCH = """
  const place = document.querySelector('[data-action="ACTION"]:not([data-resting]):not(:disabled)');
  return Boolean(place && !place.closest('[inert]'));
"""
INSTALLED = """
  const found = await navigator.serviceWorker.getRegistration();
  return found?.active?.state === 'activated';
"""
GOVERNED = """
  if (!navigator.serviceWorker.controller) return false;
  const names = await caches.keys();
  for (const name of names.filter((one) => one.startsWith('pages-of-'))) {
    const keys = await (await caches.open(name)).keys();
    if (keys.some(({ url }) => new URL(url).pathname === location.pathname)) return true;
  }
  return false;
"""
SIGN_IN = """
  const answer = await fetch('/api/auth/guest', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ displayName: 'Robin' }),
  });
  return answer.ok;
"""


class Device(Protocol):
    """One browser with one person's profile and one page open."""

    async def open(self, path: str) -> None:
        """Go to a page."""

    async def reload(self) -> None:
        """The same page again."""

    async def close_and_reopen(self, path: str) -> None:
        """Close the page, and open one anew in the same browser."""

    async def touch(self, selector: str) -> None:
        """Press and let go, as a finger or a mouse does."""

    async def read(self, body: str) -> Any:
        """What the body of an async function of the page returns."""
