# The profiles that ship, compiled into the program. Included by the Makefile.
PROFILES := $(wildcard profiles/*.yaml profiles/*.draft.*)
LIB_OBJ  += $(BUILD)/profiles.o

$(BUILD)/profiles.c: profiles/embed.sh $(PROFILES)
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && sh profiles/embed.sh $(filter %.yaml,$(PROFILES)) >$@.new && mv $@.new $@

$(BUILD)/profiles.o: $(BUILD)/profiles.c include/orgdraft.h src/profile/builtin.h
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
