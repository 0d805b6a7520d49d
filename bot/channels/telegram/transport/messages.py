"""Messages for the operator about the connection to Telegram."""

BOT_UNAUTHORIZED = (
    "Telegram refuses the token; check XINGPING_TELEGRAM_TOKEN against what @BotFather gives for your bot"
)
POLLING_CONFLICT = (
    "another program fetches this bot's updates, or has a webhook set; stop it: each update goes to one only"
)
