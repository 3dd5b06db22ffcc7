# orgdraft. The targets that people use: all deps demo test asan valgrind bench lint install clean.
# Settings may be given on the command line: make CC=clang BUILD=build/clang V=1
CC       ?= cc
CXX      ?= c++
PREFIX   ?= /usr/local
DESTDIR  ?=
BUILD    ?= build
OPT      ?= -O2 -g
SANITIZE ?=
WARN     := -Wall -Wextra -Wconversion -Werror
Q        := $(if $(V),,@)
say       = $(if $(V),,@echo '$1 $2')
VERSION  := $(shell sed -n 's/^.define OD_VERSION "\(.*\)"/\1/p' include/orgdraft.h)
SONAME   := liborgdraft.so.$(firstword $(subst ., ,$(VERSION)))

# Asked of the machine at first use and not before, since `make deps all` installs them on the way.
# The program takes what it needs out of Debian's archives, so that it needs libc alone when it runs.
once      = $(eval $1 := $(shell $2))$($1)
PACKAGES := libcmark-gfm gumbo yaml-0.1 yajl libutf8proc lua5.4-lpeg lua5.4 libseccomp
ARCHIVES := cmark-gfm-extensions cmark-gfm gumbo yaml yajl_s utf8proc lua5.4-lpeg lua5.4 seccomp
FORTIFY   = $(call once,FORTIFY,scripts/fortify.sh $(CC))
PKG_FLAGS = $(call once,PKG_FLAGS,pkg-config --cflags $(PACKAGES))
PKG_LIBS  = $(call once,PKG_LIBS,pkg-config --libs $(PACKAGES))
PKG_DIR   = $(call once,PKG_DIR,pkg-config --variable=libdir yaml-0.1)
LIBS      = -Wl,--as-needed $(ARCHIVES:%=$(PKG_DIR)/lib%.a) -lm

HARDEN    = -fstack-protector-strong -D_FORTIFY_SOURCE=$(FORTIFY)
CPPFLAGS += -Iinclude -Isrc -D_GNU_SOURCE
# Nobody's function is to stand in for one of ours, so ours may be inlined into each other.
CFLAGS   += -std=c11 -fPIC -fno-semantic-interposition $(OPT) $(WARN) $(if $(SANITIZE),$(SANITIZE),$(HARDEN))
LDFLAGS  += -pie -Wl,-z,relro,-z,now $(SANITIZE)

LIB_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/cli/%,$(wildcard src/*/*.c)))
CLI_OBJ  := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/cli/*.c))
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
PROGRAMS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*.c tests/tools/*.c))
FLOORS   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/bench/*.c))
STATIC   := $(BUILD)/liborgdraft.a
SHARED   := $(BUILD)/$(SONAME)

all: $(BUILD)/orgdraft $(STATIC)

-include profiles/embed.mk

# Lua as strings: re.lua, which goes with LPeg, and what is written in Lua here.
LUA_FILES := /usr/share/lua/5.4/re.lua $(wildcard src/lua/*.lua)
LIB_OBJ   += $(patsubst %.lua,$(BUILD)/lua_%.o,$(notdir $(LUA_FILES)))
vpath %.lua /usr/share/lua/5.4 src/lua
$(BUILD)/lua_%.c: %.lua scripts/embed_lua.sh
	$(call say,GEN,$@)
	$(Q)mkdir -p $(@D) && sh scripts/embed_lua.sh $< $* >$@.new && mv $@.new $@
$(BUILD)/lua_%.o: $(BUILD)/lua_%.c src/lua/lua_files.h
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
.PRECIOUS: $(BUILD)/lua_%.c

$(BUILD)/orgdraft: $(CLI_OBJ) $(STATIC)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)
	$(Q)ln -sf orgdraft $(BUILD)/orgdraft-filter

$(STATIC): $(LIB_OBJ) $(BUILD)/objects
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_OBJ)

# Which objects there are: a source that went away must go out of the archive too.
$(BUILD)/objects: FORCE
	@mkdir -p $(@D) && echo $(LIB_OBJ) | cmp -s - $@ || echo $(LIB_OBJ) >$@

# Only the functions of orgdraft.h are seen from outside.
$(SHARED): $(LIB_OBJ) include/orgdraft.h
	$(call say,LD,$@)
	$(Q)scripts/exports.sh include/orgdraft.h >$(BUILD)/orgdraft.map
	$(Q)$(CC) -shared $(filter-out -pie,$(LDFLAGS)) -Wl,-soname,$(SONAME) -Wl,--as-needed \
	    -Wl,--version-script=$(BUILD)/orgdraft.map -o $@ $(LIB_OBJ) $(PKG_LIBS)
	$(Q)ln -sf $(SONAME) $(BUILD)/liborgdraft.so

$(BUILD)/%.o: %.c | $(filter deps,$(MAKECMDGOALS))
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(CPPFLAGS) $(PKG_FLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# ---- tests ---------------------------------------------------------------------------------------

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(STATIC)
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D) && $(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# tests/api.c stands for a stranger's program: it sees the public header and the library alone.
$(BUILD)/tests/api.o: CPPFLAGS := -Iinclude
$(BUILD)/tests/api_shared: $(BUILD)/tests/api.o $(SHARED)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< -L$(BUILD) -lorgdraft -Wl,-rpath,'$$ORIGIN/..'

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(STATIC)
	$(call say,LD,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

test-programs: all $(UNIT) $(PROGRAMS) $(BUILD)/tests/api_shared $(BUILD)/tests/bench/floor

test check: test-programs
	@BUILD=$(BUILD) CXX='$(CXX)' tests/run.sh all
check-unit: $(UNIT)
	@BUILD=$(BUILD) tests/run.sh unit
check-golden: all
	@BUILD=$(BUILD) tests/run.sh golden
accept: all
	@BUILD=$(BUILD) tests/golden.sh accept

# Warnings are those of the plain build: instrumented code makes gcc see things.
asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan OPT='-O1 -g' WARN=-w \
	    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' test
valgrind: all $(UNIT)
	@BUILD=$(BUILD) tests/valgrind.sh
bench: all $(FLOORS)
	@BUILD=$(BUILD) python3 tests/bench/run.py $(BENCH)
lint:
	@scripts/lint.sh

# ---- people --------------------------------------------------------------------------------------

deps:
	@scripts/deps.sh $(MAKECMDGOALS)
demo: all
	@BUILD=$(BUILD) scripts/demo.sh
install: all $(SHARED)
	@BUILD=$(BUILD) PREFIX='$(DESTDIR)$(PREFIX)' FINAL='$(PREFIX)' VERSION=$(VERSION) \
	    SONAME=$(SONAME) ARCHIVES='$(ARCHIVES:%=-l%)' scripts/install.sh
uninstall:
	@PREFIX='$(DESTDIR)$(PREFIX)' SONAME=$(SONAME) scripts/install.sh remove
dist:
	$(Q)mkdir -p $(BUILD) && git archive --format=tar.gz --prefix=orgdraft-$(VERSION)/ \
	    -o $(BUILD)/orgdraft-$(VERSION).tar.gz HEAD && echo $(BUILD)/orgdraft-$(VERSION).tar.gz
clean:
	rm -rf $(BUILD)

.PHONY: all test-programs test check check-unit check-golden accept asan valgrind bench lint \
        deps demo install uninstall dist clean FORCE
.SECONDARY:
-include $(patsubst %.o,%.d,$(LIB_OBJ) $(CLI_OBJ)) $(patsubst $(BUILD)/%,$(BUILD)/tests/%.d,$(UNIT)) \
         $(addsuffix .d,$(PROGRAMS) $(FLOORS))
