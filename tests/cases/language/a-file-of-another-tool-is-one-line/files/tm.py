#!/usr/bin/env python3
from pytm import TM, Server
