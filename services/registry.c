// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registry: values by name, which live as long as the adapter.
 *
 * Nothing is stored on disk. Values that an INF file or the last run of the driver leave
 * in the registry of Windows are set by the Linux side of the driver.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/overflow.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/testing.h"
#include "core/views.h"
#include "mem/backing.h"
#include "services/registry.h"
#include "include/vpmem-port.h"

#define VALUES_MAX	1000
#define LENGTH_MAX	SZ_64K

/* Maximum length of a name in UTF-16 units, with the terminator */
#define NAME_MAX_UNITS	256

struct value {
	struct list_head node;
	u32 length;
	u16 name[NAME_MAX_UNITS];
	u8 data[];
};

/* Values of an adapter */
struct vpmem_registry {
	struct mutex lock;		/* guards all below; not held in callbacks */
	struct list_head values;
	unsigned int count;
};

int vpmem_registry_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_registry *registry = vpmem_adapter_zalloc(adapter, sizeof(*registry));

	if (!registry)
		return -ENOMEM;
	mutex_init(&registry->lock);
	INIT_LIST_HEAD(&registry->values);
	adapter->registry = registry;
	return 0;
}

void vpmem_registry_detach(struct vpmem_adapter *adapter)
{
	struct vpmem_registry *registry = adapter->registry;
	struct value *value, *next;

	list_for_each_entry_safe(value, next, &registry->values, node)
		kvfree(value);
	INIT_LIST_HEAD(&registry->values);
	registry->count = 0;
}

/*
 * Names
 */

static u16 fold(u16 unit)
{
	return unit >= 'A' && unit <= 'Z' ? unit - 'A' + 'a' : unit;
}

static bool same_name(const u16 *a, const u16 *b)
{
	for (; fold(*a) == fold(*b); a++, b++)
		if (!*a)
			return true;
	return false;
}

/* Return the length of the name, NAME_MAX_UNITS if it is longer, or -EFAULT. */
static int name_copy(u16 *to, const u16 *name)
{
	int i;

	for (i = 0; i < NAME_MAX_UNITS; i++) {
		if (vpmem_copy_from_unknown(&to[i], &name[i], sizeof(*to)) < sizeof(*to))
			return -EFAULT;
		if (!to[i])
			return i;
	}
	return NAME_MAX_UNITS;
}

static bool name_take(u16 *to, const u16 *name, const struct vpmem_call *call)
{
	int length = name ? name_copy(to, name) : 0;

	if (length > 0 && length < NAME_MAX_UNITS)
		return true;
	if (!length)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "ValueName is %s", name ? "empty" : "NULL");
	else if (length < 0)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "ValueName %p is not readable; refused", name);
	else
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "ValueName has more than %d characters",
				  NAME_MAX_UNITS - 1);
	return false;
}

/* Widen @length characters of @text. Return false if it is too long, or not ASCII. */
static bool widen(u16 *to, size_t room, const char *text, size_t length)
{
	size_t i;

	if (length >= room)
		return false;
	for (i = 0; i < length; i++) {
		if (!isascii(text[i]))
			return false;
		to[i] = text[i];
	}
	to[length] = 0;
	return true;
}

/*
 * Values
 */

static struct value *value_find(const struct vpmem_registry *registry, const u16 *name)
{
	struct value *value;

	lockdep_assert_held(&registry->lock);
	list_for_each_entry(value, &registry->values, node)
		if (same_name(value->name, name))
			return value;
	return NULL;
}

/*
 * Allocate a value. Zeroes follow it, in case a driver takes it for a string. Return NULL
 * without memory, and a value shorter than @length if part of @data cannot be read.
 */
static struct value *value_new(const u16 *name, const void *data, u32 length)
{
	struct value *value;

	value = vpmem_kvmalloc(struct_size(value, data, length + sizeof(u16)),
			       VPMEM_GFP_PASSIVE | __GFP_ZERO);
	if (!value)
		return NULL;
	memcpy(value->name, name, sizeof(value->name));
	value->length = vpmem_copy_from_unknown(value->data, data, length);
	return value;
}

/* Add a value, or replace the one of the same name in its place in the list. */
static bool value_put(struct vpmem_registry *registry, struct value *value)
{
	struct value *old;
	bool room = true;

	mutex_lock(&registry->lock);
	old = value_find(registry, value->name);
	if (old)
		list_replace(&old->node, &value->node);
	else if (registry->count < VALUES_MAX)
		list_add_tail(&value->node, &registry->values);
	else
		room = false;
	if (!old && room)
		registry->count++;
	mutex_unlock(&registry->lock);
	kvfree(old);
	return room;
}

static int value_set(const u16 *name, const void *data, size_t length,
		     const struct vpmem_call *call)
{
	struct value *value;

	if (length > LENGTH_MAX) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "ValueLength %zu exceeds 64 KiB", length);
		return -EINVAL;
	}
	if (length && !vpmem_not_null(data, "ValueData", call))
		return -EINVAL;
	value = value_new(name, data, length);
	if (!value)
		return -ENOMEM;
	if (value->length < length) {
		kvfree(value);
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "ValueData %p, ValueLength %zu: not readable; refused",
				  data, length);
		return -EINVAL;
	}
	if (value_put(call->adapter->registry, value))
		return 0;
	kvfree(value);
	vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE, "the registry is full, with %d values; refused",
			  VALUES_MAX);
	return -EINVAL;
}

static VP_STATUS status_of(int err)
{
	if (err == -ENOMEM)
		return ERROR_NOT_ENOUGH_MEMORY;
	return err ? ERROR_INVALID_PARAMETER : NO_ERROR;
}

static VP_STATUS registry_set(const u16 *name, const void *data, u32 length,
			      const struct vpmem_call *call)
{
	u16 *copy;
	int err = -EINVAL;

	if (!vpmem_check_may_sleep(call))
		return ERROR_INVALID_PARAMETER;
	copy = kcalloc(NAME_MAX_UNITS, sizeof(*copy), VPMEM_GFP_PASSIVE);
	if (!copy)
		return ERROR_NOT_ENOUGH_MEMORY;
	if (name_take(copy, name, call))
		err = value_set(copy, data, length, call);
	kfree(copy);
	return status_of(err);
}

VP_STATUS VideoPortSetRegistryParameters(PVOID HwDeviceExtension, __u16 *ValueName,
					 PVOID ValueData, ULONG ValueLength)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (vpmem_enter(HwDeviceExtension, &call))
		status = registry_set(ValueName, ValueData, ValueLength, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortSetRegistryParameters);

VP_STATUS VideoPortFlushRegistry(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	bool known = vpmem_enter(HwDeviceExtension, &call);

	vpmem_leave(&call);
	return known ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortFlushRegistry);

/*
 * Reading. The callback gets a copy, so that it may set values itself.
 */

static int value_copy(struct vpmem_registry *registry, const u16 *name,
		      struct value **copy)
{
	struct value *value;
	int err = -ENOENT;

	mutex_lock(&registry->lock);
	value = value_find(registry, name);
	if (value) {
		*copy = value_new(value->name, value->data, value->length);
		err = *copy ? 0 : -ENOMEM;
	}
	mutex_unlock(&registry->lock);
	return err;
}

struct registry_query {
	u16 *name;
	bool file;
	PMINIPORT_GET_REGISTRY_ROUTINE routine;
	void *context;
};

static int value_lookup(const struct registry_query *query, struct value **copy,
			const struct vpmem_call *call)
{
	u16 *name = kcalloc(NAME_MAX_UNITS, sizeof(*name), VPMEM_GFP_PASSIVE);
	int length, err = -ENOENT;

	if (!name)
		return -ENOMEM;
	length = name_copy(name, query->name);
	if (length < 0)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "ParameterName %p is not readable; refused",
				  query->name);
	else if (length < NAME_MAX_UNITS)
		err = value_copy(call->adapter->registry, name, copy);
	kfree(name);
	return err;
}

static VP_STATUS registry_get(const struct registry_query *query,
			      const struct vpmem_call *call)
{
	struct value *copy = NULL;
	VP_STATUS status;

	if (!vpmem_check_may_sleep(call))
		return ERROR_INVALID_PARAMETER;
	if (!vpmem_not_null(query->name, "ParameterName", call) ||
	    !vpmem_not_null(query->routine, "CallbackRoutine", call) ||
	    query->file)
		return ERROR_INVALID_PARAMETER;
	status = status_of(value_lookup(query, &copy, call));
	if (status == NO_ERROR)
		status = query->routine(call->adapter->extension, query->context,
					query->name, copy->data, copy->length);
	kvfree(copy);
	return status;
}

VP_STATUS VideoPortGetRegistryParameters(PVOID HwDeviceExtension, __u16 *ParameterName,
					 UCHAR IsParameterFileName,
					 PMINIPORT_GET_REGISTRY_ROUTINE CallbackRoutine,
					 PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();
	const struct registry_query query = {
		.name = ParameterName,
		.file = IsParameterFileName,
		.routine = CallbackRoutine,
		.context = Context,
	};
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (vpmem_enter(HwDeviceExtension, &call))
		status = registry_get(&query, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortGetRegistryParameters);

/*
 * Settings by the Linux side of a driver
 */

static int set_by_ascii(const char *name, size_t length, const void *data, size_t size,
			const struct vpmem_call *call)
{
	int err = -EINVAL;
	u16 *wide;

	wide = kcalloc(NAME_MAX_UNITS, sizeof(*wide), VPMEM_GFP_PASSIVE);
	if (!wide)
		return -ENOMEM;
	if (length && widen(wide, NAME_MAX_UNITS, name, length))
		err = value_set(wide, data, size, call);
	else
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "the name needs 1 to %d ASCII characters",
				  NAME_MAX_UNITS - 1);
	kfree(wide);
	return err;
}

int vpmem_registry_set(void *hw_device_extension, const char *name, const void *data,
		       size_t size)
{
	struct vpmem_call call = VPMEM_CALL();
	int err = -ENODEV;

	if (vpmem_enter(hw_device_extension, &call))
		err = !name || !vpmem_check_may_sleep(&call) ? -EINVAL :
		      set_by_ascii(name, strlen(name), data, size, &call);
	vpmem_leave(&call);
	return err;
}
EXPORT_SYMBOL_GPL(vpmem_registry_set);

static int set_string(const char *name, size_t name_length, const char *string,
		      const struct vpmem_call *call)
{
	size_t length = strlen(string);
	int err = -EINVAL;
	u16 *wide;

	wide = vpmem_kvmalloc(array_size(length + 1, sizeof(*wide)),
			      VPMEM_GFP_PASSIVE | __GFP_ZERO);
	if (!wide)
		return -ENOMEM;
	if (widen(wide, length + 1, string, length))
		err = set_by_ascii(name, name_length, wide, (length + 1) * sizeof(*wide),
				   call);
	kvfree(wide);
	return err;
}

/*
 * Settings "Name=value" of the module parameter. A number becomes a DWORD in the byte
 * order of the machine, as if the driver had stored it; anything else becomes a string.
 */

struct setting {
	size_t name_length;
	const char *value;
	bool is_number;
	u32 number;
};

static bool is_ascii(const char *text, size_t length)
{
	while (length && isascii(text[length - 1]))
		length--;
	return !length;
}

/*
 * Parse a number: decimal or, after 0x, hexadecimal. A leading zero does not select octal.
 * A negative number is stored in two's complement.
 */
static const char *parse_value_number(struct setting *setting)
{
	bool negative = setting->value[0] == '-';
	const char *digits = setting->value + negative;
	bool hex = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');
	u64 number;

	if (hex)
		digits += 2;
	setting->is_number = *digits &&
		!digits[strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789")];
	if (!setting->is_number)
		return NULL;
	if (kstrtou64(digits, hex ? 16 : 10, &number) ||
	    number > (negative ? (u64)S32_MAX + 1 : U32_MAX))
		return "the number needs more than 32 bits";
	setting->number = negative ? -(u32)number : number;
	return NULL;
}

/* Parse a setting. Return the fault, or NULL. */
static const char *parse_setting(struct setting *setting, const char *text)
{
	const char *equals = strchr(text, '=');

	if (!equals)
		return "expected Name=value";
	setting->name_length = equals - text;
	setting->value = equals + 1;
	if (!setting->name_length || setting->name_length >= NAME_MAX_UNITS)
		return "the name needs 1 to 255 characters";
	if (!is_ascii(text, strlen(text)))
		return "only ASCII is supported";
	return parse_value_number(setting);
}

static bool setting_is_valid(struct setting *setting, const char *text,
			     const struct vpmem_call *call)
{
	const char *fault = parse_setting(setting, text);

	if (fault)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "registry: cannot parse \"%s\": %s", text, fault);
	return !fault;
}

int vpmem_registry_check_text(const char *text, const struct vpmem_call *call)
{
	struct setting setting;

	return setting_is_valid(&setting, text, call) ? 0 : -EINVAL;
}

int vpmem_registry_set_text(const char *text, const struct vpmem_call *call)
{
	struct setting setting;

	if (!setting_is_valid(&setting, text, call))
		return -EINVAL;
	if (setting.is_number)
		return set_by_ascii(text, setting.name_length, &setting.number,
				    sizeof(setting.number), call);
	return set_string(text, setting.name_length, setting.value, call);
}

/* Apply a setting, for tests. */
int vpmem_registry_text(void *extension, const char *text)
{
	const struct vpmem_call call = {
		.name = __func__,
		.adapter = vpmem_adapter(extension),
	};

	return call.adapter ? vpmem_registry_set_text(text, &call) : -ENODEV;
}
EXPORT_SYMBOL_NS_GPL(vpmem_registry_text, VPMEM_TEST_NS);

/*
 * View "registry". A row is found by its number, and the lock is held for one row at a
 * time: values are replaced, but never removed from the list.
 */

static void *value_at(struct vpmem_adapter *adapter, loff_t *pos)
{
	const struct vpmem_registry *registry = adapter->registry;

	return *pos <= READ_ONCE(registry->count) ? pos : NULL;
}

static void *registry_start(struct seq_file *m, loff_t *pos)
{
	struct vpmem_rows_state *state = m->private;

	return value_at(state->adapter, pos);
}

static void *registry_next(struct seq_file *m, void *row, loff_t *pos)
{
	struct vpmem_rows_state *state = m->private;

	++*pos;
	return value_at(state->adapter, pos);
}

static void registry_stop(struct seq_file *m, void *row)
{
}

static void value_row(struct seq_file *m, struct vpmem_registry *registry, loff_t number)
{
	struct value *value;

	mutex_lock(&registry->lock);
	list_for_each_entry(value, &registry->values, node) {
		if (--number)
			continue;
		vpmem_value_show(m, value->name, value->data, value->length);
		break;
	}
	mutex_unlock(&registry->lock);
}

static int registry_show(struct seq_file *m, void *row)
{
	struct vpmem_rows_state *state = m->private;
	struct vpmem_adapter *adapter = state->adapter;
	loff_t number = *(loff_t *)row;

	if (number)
		value_row(m, adapter->registry, number);
	else
		seq_puts(m, "Name Length Value\n");
	return 0;
}

static const struct vpmem_rows registry_rows = {
	.ops = {
		.start = registry_start,
		.next = registry_next,
		.stop = registry_stop,
		.show = registry_show,
	},
	.size = sizeof(struct vpmem_rows_state),
};

static struct vpmem_view registry_view = {
	.name = "registry",
	.places = VPMEM_VIEW_ADAPTERS,
	.columns = 3,
	.rows = &registry_rows,
};

void __init vpmem_registry_init(void)
{
	vpmem_view_register(&registry_view);
}
