"""A file that a contact sent, brought here from Telegram."""

import asyncio
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.inbound.mapping import RemoteFile
from bot.channels.telegram.transport.http import FILE_SECONDS
from bot.channels.telegram.transport.send_result import (
    RetryLater,
    UncertainDelivery,
    backoff_pause,
    classify_error,
)
from bot.store.evidence import MEGABYTE, EvidenceFolder, safe_name
from dialogs.model.messages import FileInput

MOST_MEGABYTES = 20
"""What Telegram hands to bots at most."""
DOWNLOAD_ATTEMPTS = 4


async def download(bot: Bot, evidence: EvidenceFolder, file: RemoteFile) -> FileInput:
    """The file, kept; refused where it is too large or does not arrive. Raises StoreError."""
    most = min(MOST_MEGABYTES, evidence.most_megabytes)
    name = safe_name(file.name)
    too_large = FileInput(name, "", file.size, refusal="too_large", limit=f"{most} MB", caption=file.caption)
    if file.size > most * MEGABYTE:
        return too_large
    for attempt in range(DOWNLOAD_ATTEMPTS):
        try:
            content = await _download_content(bot, file.file_id)
        except BadRequest as error:
            lost = FileInput(name, "", file.size, refusal="lost", caption=file.caption)
            return too_large if "too big" in error.message.lower() else lost
        except TelegramError as error:
            outcome = classify_error(error, attempt)
            if not isinstance(outcome, RetryLater | UncertainDelivery):
                break
            pause = outcome.pause if isinstance(outcome, RetryLater) else backoff_pause(attempt)
            await asyncio.sleep(pause.total_seconds())
        else:
            sent = await asyncio.to_thread(evidence.keep_bytes, file.name, content)
            return replace(sent, caption=file.caption)
    return FileInput(name, "", file.size, refusal="lost", caption=file.caption)


async def _download_content(bot: Bot, file_id: str) -> bytes:
    described = await bot.get_file(file_id)
    return bytes(await described.download_as_bytearray(read_timeout=FILE_SECONDS))
