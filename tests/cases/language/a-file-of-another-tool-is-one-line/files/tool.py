# no model
from dataclasses import dataclass
