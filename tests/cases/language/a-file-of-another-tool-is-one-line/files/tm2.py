"""The shop."""
import sys
import os.path

from pytm import TM, Server, Dataflow

tm = TM("Shop")
web = Server("Web")
