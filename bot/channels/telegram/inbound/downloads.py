"""A file that a contact sent, brought here from Telegram."""

import asyncio
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.inbound.mapping import RemoteFile
from bot.channels.telegram.transport.http import FILE_SECONDS
from bot.channels.telegram.transport.send_errors import classify_error
from bot.delivery.backoff import retry
from bot.delivery.send_result import RejectedMessage, SendResult
from bot.store.evidence import MEGABYTE, EvidenceFolder, safe_name
from dialogs import FileInput

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
    content = await retry(lambda: _download_content(bot, file.file_id), DOWNLOAD_ATTEMPTS)
    if isinstance(content, bytes):
        sent = await asyncio.to_thread(evidence.keep_bytes, file.name, content)
        return replace(sent, caption=file.caption)
    if isinstance(content, RejectedMessage) and "too big" in content.reason.lower():
        return too_large
    return FileInput(name, "", file.size, refusal="lost", caption=file.caption)


async def _download_content(bot: Bot, file_id: str) -> bytes | SendResult:
    try:
        described = await bot.get_file(file_id)
        return bytes(await described.download_as_bytearray(read_timeout=FILE_SECONDS))
    except BadRequest as error:
        return RejectedMessage(error.message)
    except TelegramError as error:
        return classify_error(error)
