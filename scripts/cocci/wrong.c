// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that the semantic patches beside this file have to find, one in each line that says so,
 * and what looks alike and is none. Nothing compiles this file.
 */

int sizes(struct wrong *wrong, size_t count)
{
	wrong->a = kmalloc(count * sizeof(*wrong->a), VPMEM_GFP_PASSIVE); /* found */
	wrong->b = vpmem_kvmalloc(count * 24, VPMEM_GFP_PASSIVE); /* found */
	wrong->c = kzalloc(sizeof(*wrong->c) + count * 8, VPMEM_GFP_PASSIVE); /* found */
	wrong->d = vmalloc(count * 8 + 16); /* found */
	wrong->e = kmalloc(array_size(count, 24), VPMEM_GFP_PASSIVE);
	wrong->f = kzalloc(struct_size(wrong->f, items, count), VPMEM_GFP_PASSIVE);
	wrong->g = kcalloc(count, 24, VPMEM_GFP_PASSIVE);
	wrong->h = vmalloc(2 * PAGE_SIZE);
	wrong->i = kmalloc(COUNT * sizeof(*wrong->i), VPMEM_GFP_PASSIVE);
	wrong->j = kzalloc(sizeof(*wrong->j) + count, VPMEM_GFP_PASSIVE); /* found */
	wrong->k = kzalloc(sizeof(*wrong->k) + sizeof(*wrong->j), VPMEM_GFP_PASSIVE);
	return 0;
}

int early(struct wrong *wrong, size_t count)
{
	const size_t size = count * sizeof(*wrong->a); /* found */
	const size_t checked = array_size(count, sizeof(*wrong->b));

	wrong->a = kmalloc(size, VPMEM_GFP_PASSIVE);
	wrong->b = kmalloc(checked, VPMEM_GFP_PASSIVE);
	return 0;
}

int charges(struct wrong *wrong, size_t count)
{
	wrong->a = kzalloc(sizeof(*wrong->a), GFP_KERNEL); /* found */
	wrong->b = kvmalloc_array(count, 24, GFP_KERNEL); /* found */
	wrong->c = (void *)__get_free_page(GFP_KERNEL); /* found */
	wrong->d = kzalloc(sizeof(*wrong->d), GFP_KERNEL_ACCOUNT);
	wrong->e = kcalloc(count, 24, VPMEM_GFP_PASSIVE);
	return 0;
}

bool references(struct wrong *wrong)
{
	if (!atomic_inc_not_zero(&wrong->count)) /* found */
		return false;
	if (wrong->users++) /* found */
		return atomic_long_dec_and_test(&wrong->number); /* found */
	atomic_inc(&wrong->calls);
	if (atomic_dec_if_positive(state_of(wrong)) < 0)
		return false;
	wrong->depth++;
	return refcount_dec_and_test(&wrong->references) && !--wrong->other->refs; /* found */
}

int texts(char *text, size_t room, const char *from)
{
	size_t length = 0;

	strcpy(text, from); /* found */
	sprintf(text, "%s", from); /* found */
	length += snprintf(text + length, room - length, "%s", from); /* found */
	length += scnprintf(text + length, room - length, "%s", from);
	pr_info("%px\n", from); /* found */
	pr_info("%p\n", from);
	strscpy(text, from, room);
	return simple_strtoul(text, NULL, 0); /* found */
}

int copies(void __user *to, const void *from)
{
	struct answer answer;
	struct answer whole = {};
	struct answer set;

	answer.number = 1;
	memset(&set, 0, sizeof(set));
	if (copy_to_user(to, &answer, sizeof(answer))) /* found */
		return -EFAULT;
	if (copy_to_user(to, &whole, sizeof(whole)))
		return -EFAULT;
	if (copy_to_user(to, &set, sizeof(set)))
		return -EFAULT;
	return __copy_to_user(to, from, 8); /* found */
}
