"""WebKitGTK by Selenium under Xvfb. Not Safari on an iPhone, but its engine."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.device import Device

LIBRARIES = (Path("/usr/lib"), Path("/usr/libexec"))


@asynccontextmanager
async def webkit(base_url: str) -> AsyncIterator[Device]:
    """A fresh WebKit with one window of a phone's size."""
    driver_program, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browser = next((path for place in LIBRARIES for path in place.rglob("MiniBrowser")), None)
    if driver_program is None or screen is None or browser is None:
        pytest.skip("WebKitGTK or Xvfb is not installed: the offline story was not tried in it")
    with display(screen) as name:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(browser)
        options.add_argument("--automation")
        options.add_argument("--full-screen")
        service = Service(driver_program, env={**os.environ, "DISPLAY": name})
        driver = await asyncio.to_thread(webdriver.WebKitGTK, options=options, service=service)
        try:
            await asyncio.to_thread(driver.set_window_rect, 0, 0, 390, 844)
            driver.set_script_timeout(15)
            yield WebKit(driver, base_url)
        finally:
            await asyncio.to_thread(driver.quit)


@contextmanager
def display(program: str) -> Iterator[str]:
    """A screen that nobody sees, on a number that is free."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        screen.terminate()
        screen.wait()


class WebKit:
    """A window of WebKit. Selenium waits; the gate must go on meanwhile, so it waits in threads."""

    def __init__(self, driver: webdriver.WebKitGTK, base_url: str) -> None:
        self._driver = driver
        self._base_url = base_url

    async def open(self, path: str) -> None:
        await asyncio.to_thread(self._driver.get, self._base_url + path)

    async def reload(self) -> None:
        await asyncio.to_thread(self._driver.refresh)

    async def close_and_reopen(self, path: str) -> None:
        former = self._driver.current_window_handle
        await asyncio.to_thread(self._driver.switch_to.new_window, "tab")
        fresh = self._driver.current_window_handle
        self._driver.switch_to.window(former)
        await asyncio.to_thread(self._driver.close)
        self._driver.switch_to.window(fresh)
        await self.open(path)

    async def touch(self, selector: str) -> None:
        await asyncio.to_thread(self._driver.find_element(By.CSS_SELECTOR, selector).click)

    async def read(self, body: str) -> Any:
        answer = f"(async () => {{ {body} }})()"
        script = f"const done = arguments[0];\n{answer}.then(done, () => done(null));"
        return await asyncio.to_thread(self._driver.execute_async_script, script)
