import './style.css'
import { askFirst } from '../host/firstAnswers.ts'

// The program reads the library while the rest of the page is loaded.
askFirst()
// Not awaited: the page's script needs this one evaluated.
void import('./page.ts')
