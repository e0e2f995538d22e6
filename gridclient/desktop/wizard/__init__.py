"""The first start of the program."""

from gridclient.desktop.wizard.page import WizardPage
from gridclient.desktop.wizard.view import Step, Way, WizardAnswer

__all__ = ["Step", "Way", "WizardAnswer", "WizardPage"]
