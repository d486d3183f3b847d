/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of nmstate's declarations: which texts are some, and their way to the reader. */
#include "parsers/nmstate/nmstate.h"

#include <errno.h>
#include <string.h>

/* Whether the text is JSON and not YAML: a map that begins with a key in quotes, or ends at once.
 */
bool bt_nmstate_is_json(const struct bt_source *source)
{
	const char *p = source->text + strspn(source->text, " \t\r\n");

	if (*p != '{')
		return false;
	p++;
	p += strspn(p, " \t\r\n");
	return *p == '"' || *p == '}';
}

/* Whether a line begins with KEY and a colon, behind any blanks and dashes if INDENTED. */
static bool has_key(const struct bt_source *source, const char *key, bool indented)
{
	size_t length = strlen(key);

	for (const char *line = source->text; line; line = strchr(line, '\n')) {
		line += *line == '\n';

		const char *word = line + (indented ? strspn(line, " -\t\"") : 0);

		if (strncmp(word, key, length) == 0 &&
		    (word[length] == ':' || (word[length] == '"' && word[length + 1] == ':')))
			return true;
	}
	return false;
}

/* Declarations have keys at their top that no other format has there, or stand in a wrapper. */
static unsigned recognise(const struct bt_source *source)
{
	bool json = bt_nmstate_is_json(source);
	bool top = has_key(source, "interfaces", json) || has_key(source, "routes", json) ||
		   has_key(source, "dns-resolver", json);

	if (has_key(source, "desiredState", true) || has_key(source, "networkConfig", true) ||
	    has_key(source, "currentState", true))
		return 90;
	if (!top && !json)
		return strstr(source->text, "NMStateConfig") ? 90 : 0;
	if (json)
		return strstr(source->text, "\"interfaces\"") &&
				       !strstr(source->text, "\"profiles\"")
			       ? 75
			       : 0;
	return has_key(source, "link-aggregation", true) || has_key(source, "state", true) ||
			       has_key(source, "dns-resolver", false)
		       ? 90
		       : 60;
}

int bt_nmstate_parse(struct bondtool *bt, const struct bt_source *source,
		     struct bt_node **ret_documents)
{
	BT_AUTONODE struct bt_node *list = NULL;
	struct bt_node *tree = NULL;
	int r;

	if (!bt_nmstate_is_json(source))
		return bt_tree_from_yaml(bt, source, ret_documents);
	list = bt_node_new(BT_NODE_LIST);
	r = list ? bt_tree_from_json(bt, source, &tree) : -ENOMEM;
	if (r == 0)
		r = bt_node_append(list, tree);
	if (r == 0)
		*ret_documents = BT_TAKE(list);
	return r;
}

/* Reads one text; -EINVAL when it is broken and nothing of it could be read. */
static int read_one(struct bondtool *bt, const struct bt_source *source,
		    struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *documents = NULL;
	size_t before = config->count;
	int broken = bt_nmstate_parse(bt, source, &documents);
	int r = 0;

	if (broken == -ENOMEM)
		return broken;
	for (size_t i = 0; documents && r == 0 && i < documents->count; i++)
		r = bt_nmstate_read_tree(bt, documents->items[i], config);
	return r == 0 && broken && config->count == before ? -EINVAL : r;
}

static int read_all(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config)
{
	return bt_read_each(bt, inputs, read_one, config);
}

/* nmstate makes profiles of NetworkManager. */
static bool implies_miimon(const struct bondtool_profile *profile)
{
	(void)profile;
	return true;
}

const struct bt_format bt_format_nmstate = {
	.id = BT_FORMAT_NMSTATE,
	.text = "declarations of nmstate and of Kubernetes' node network policies, YAML or JSON",
	.recognise = recognise,
	.read = read_all,
	.implies_miimon = implies_miimon,
	.write = bt_nmstate_write,
};
