// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that the semantic patches beside this file have to find, one in each line that says so,
 * and what looks alike and is none. Nothing compiles this file.
 */

int sizes(struct wrong *wrong, size_t count)
{
	wrong->a = kmalloc(count * sizeof(*wrong->a), GFP_KERNEL); /* found */
	wrong->b = vpmem_kvmalloc(count * 24, GFP_KERNEL); /* found */
	wrong->c = kzalloc(sizeof(*wrong->c) + count * 8, GFP_KERNEL); /* found */
	wrong->d = vmalloc(count * 8 + 16); /* found */
	wrong->e = kmalloc(array_size(count, 24), GFP_KERNEL);
	wrong->f = kzalloc(struct_size(wrong->f, items, count), GFP_KERNEL);
	wrong->g = kcalloc(count, 24, GFP_KERNEL);
	wrong->h = vmalloc(2 * PAGE_SIZE);
	wrong->i = kmalloc(COUNT * sizeof(*wrong->i), GFP_KERNEL);
	return 0;
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
