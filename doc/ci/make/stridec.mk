# Rules for GNU make. Say which models there are, and include this file:
#
#     MODELS = shop/shop.dfd pay/pay.dfd
#     include stridec.mk
#
# `make threats` makes of each model NAME.dfd, below $(OUT), its picture NAME.svg, its document NAME.md,
# its data NAME.json and NAME.sarif for a code host. With -j many models are made at once; a model is made
# anew when it changes, or something that it imports, or stridec itself. `make threats-check` says what is
# wrong with all models.
# SPDX-License-Identifier: MIT
STRIDEC ?= stridec
STRIDEC_FLAGS ?= --root .
OUT ?= build/threats
THREAT_FORMATS ?= svg md json sarif

STRIDEC_PROGRAM := $(shell command -v $(STRIDEC))
THREAT_STEMS = $(patsubst %.yaml,%,$(MODELS:.dfd=))
THREATS = $(foreach format,$(THREAT_FORMATS),$(THREAT_STEMS:%=$(OUT)/%.$(format)))

threats: $(THREATS)

threats-check:
	$(STRIDEC) check $(STRIDEC_FLAGS) $(MODELS)

# $(call threat_rule,ENDING OF THE OUTPUT,COMMAND,ENDING OF THE MODEL). Each output has a depfile beside it, which
# knows all but the first decisions about a model: files that are new.
.SECONDEXPANSION:
define threat_rule
$(OUT)/%.$(1): %.$(3) $(STRIDEC_PROGRAM) $$$$(wildcard $$$$*.triage.dfd $$$$*.triage/*.dfd)
	@mkdir -p $$(@D)
	$(STRIDEC) $(2) $(STRIDEC_FLAGS) --depfile $$@.d -o $$@ $$<
endef
$(foreach model,dfd yaml,\
  $(eval $(call threat_rule,svg,render,$(model)))\
  $(foreach format,md json sarif csv,$(eval $(call threat_rule,$(format),threats,$(model)))))

-include $(THREATS:=.d)
.PHONY: threats threats-check
