// Makes an element's content equal to new HTML and leaves alone what is the same already, so that
// focus, hover and selection outlive a streamed sentence.
export function morph(element, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  morphChildren(element, fresh.content);
}

function morphChildren(old, fresh) {
  const wanted = Array.from(fresh.childNodes);
  wanted.forEach((node, position) => {
    const present = old.childNodes[position];
    if (!present) old.append(node);
    else if (!present.isEqualNode(node)) morphNode(present, node);
  });
  while (old.childNodes.length > wanted.length) old.lastChild.remove();
}

function morphNode(present, node) {
  const alike = present.nodeType === Node.ELEMENT_NODE && present.nodeName === node.nodeName;
  if (!alike || present.nodeName === "TEMPLATE") {
    present.replaceWith(node);
    return;
  }
  for (const { name } of Array.from(present.attributes)) {
    if (!node.hasAttribute(name)) present.removeAttribute(name);
  }
  for (const { name, value } of node.attributes) present.setAttribute(name, value);
  morphChildren(present, node);
}
