"""How a server writes its log: as text, or as JSON lines without content of reviews."""

from streamlit import config
from streamlit import logger as streamlit_logger

from evidence import json_log
from evidence.settings import LogForm, Settings


def begin(settings: Settings) -> None:
    """Write the log as the settings ask for, also what Streamlit has to say later on."""
    if settings.log == LogForm.JSON:
        config.set_option("logger.enableRich", value=False)  # it prints what errors say
        streamlit_logger.setup_formatter = json_log.to_root  # for loggers that it makes later
        json_log.install()  # last, since Streamlit sets its loggers up when options are read
